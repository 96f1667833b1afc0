import { replayFolder } from './replay-folder';

await replayFolder('admission');
