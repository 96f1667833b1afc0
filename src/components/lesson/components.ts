import Keep from './Keep.astro';
import Manifest from './Manifest.astro';
import Play from './Play.astro';
import Question from './Question.astro';
import Quiz from './Quiz.astro';
import Step from './Step.astro';
import Transcript from './Transcript.astro';

/** What a lesson file may use, as it looks on the screen. `handout/components.ts` is the same on paper. */
export const lessonComponents = { Step, Question, Quiz, Terminal: Transcript, Manifest, Keep, Play };
