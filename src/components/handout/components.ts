import Keep from '../lesson/Keep.astro';
import Manifest from '../lesson/Manifest.astro';
import Transcript from '../lesson/Transcript.astro';
import AnswerStep from './AnswerStep.astro';
import Nothing from './Nothing.astro';
import PaperAnswer from './PaperAnswer.astro';
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
  Play: Nothing,
};

/** The sheet of answers: of every step only the questions, answered, with their evidence. */
export const answerComponents = {
  Step: AnswerStep,
  Question: PaperAnswer,
  Quiz: PaperQuiz,
  Terminal: Transcript,
  Manifest: Nothing,
  Keep: Nothing,
  Play: Nothing,
};
