import * as z from 'zod';
import type { RuleText } from '@/checker/rule';
import { speakers } from '@/checker/finding';

/** The form of content/rules/<id>.yaml: a rule's words, by language. `{name}` stands for what the rule noticed. */
export const ruleSchema = z.strictObject({
  id: z.string().regex(/^V\d\d$/),
  severity: z.enum(['error', 'warning', 'info']),
  speaker: z.enum(speakers),
  lesson: z.string().optional(),
  message: z.record(z.string(), z.string()),
  fix: z.record(z.string(), z.string()).optional(),
}) satisfies z.ZodType<RuleText>;
