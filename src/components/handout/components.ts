import Keep from '../lesson/Keep.astro';
import Manifest from '../lesson/Manifest.astro';
import Transcript from '../lesson/Transcript.astro';
import PaperQuestion from './PaperQuestion.astro';
import PaperQuiz from './PaperQuiz.astro';
import PaperStep from './PaperStep.astro';

/** The same names as on the screen, made for paper: boxes to tick, lines to write on, numbered figures. */
export const handoutComponents = {
  Step: PaperStep,
  Question: PaperQuestion,
  Quiz: PaperQuiz,
  Terminal: Transcript,
  Manifest,
  Keep,
};
