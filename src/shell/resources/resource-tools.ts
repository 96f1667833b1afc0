import { dd } from './dd';
import { df, du, fallocate } from './disk';
import type { ResourceTools } from './load';
import { free, hog, stress } from './memory';

export const resourceTools: ResourceTools = { dd, df, du, fallocate, free, hog, stress };
