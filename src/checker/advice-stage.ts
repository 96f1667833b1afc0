import { isObject } from '@/kubernetes/api/object';
import { remark, type Remark, type Submission } from './api-stage';
import type { CheckOptions } from './options';
import type { RuleContext } from './rule';
import { fill, ruleText } from './rule-texts';
import { rules } from './rules';
import { podSubject } from './subject';

/** What a colleague would say of the accepted documents: every rule over every Pod specification. */
export function advise(submissions: readonly Submission[], options: CheckOptions): Remark[] {
  const subjects = submissions.flatMap((submission) => {
    const { value } = submission.document;
    const subject = submission.accepted && isObject(value) ? podSubject(value) : undefined;
    return subject ? [{ subject, document: submission.document }] : [];
  });
  const { nodes } = options.world;
  const context: RuleContext = {
    schedulableNodes: nodes.filter((node) => !node.taints?.some((taint) => taint.effect !== 'PreferNoSchedule')).length,
    nodeNames: nodes.map((node) => node.name),
    subjects: subjects.map((one) => one.subject),
    objects: submissions.flatMap((one) => (one.accepted ? [one.accepted] : [])),
  };
  const locale = options.locale ?? 'en';
  return subjects.flatMap(({ subject, document }) =>
    rules.flatMap((rule) =>
      rule.look(subject, context).map((notice) => {
        const text = ruleText(rule.id);
        const message = fill(text.message[locale] ?? text.message.en ?? rule.id, notice.values);
        const { severity, speaker, lesson } = text;
        const found = remark(document, `${subject.kind}/${subject.name}`, {
          severity,
          code: rule.id,
          speaker,
          message,
          path: notice.path,
        });
        return lesson ? { ...found, lesson } : found;
      }),
    ),
  );
}
