import { replayFolder } from './replay-folder';

await replayFolder('controllers');
