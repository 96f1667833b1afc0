import type { Submission } from './api-stage';
import type { CheckOptions } from './options';
import type { Proposal } from './change';
import type { Notice, RuleContext } from './rule';
import { remark, type Remark } from './remark';
import { fill, ruleText } from './rule-texts';
import { rules } from './rules';
import { podSubject } from './subject';

/** What a colleague would say of the documents, refused or not: every rule over every Pod specification. */
export function advise(submissions: readonly Submission[], options: CheckOptions): Remark[] {
  const subjects = submissions.flatMap((submission) => {
    const subject = submission.meant && podSubject(submission.meant);
    return subject ? [{ subject, submission }] : [];
  });
  const { nodes } = options.world;
  const context: RuleContext = {
    schedulableNodes: nodes.filter((node) => !node.taints?.some((taint) => taint.effect !== 'PreferNoSchedule')).length,
    nodeNames: nodes.map((node) => node.name),
    subjects: subjects.map((one) => one.subject),
    objects: submissions.flatMap((one) => (one.accepted ? [one.accepted] : [])),
  };
  const locale = options.locale ?? 'en';
  return subjects.flatMap(({ subject, submission }) =>
    rules.flatMap((rule) =>
      rule.look(subject, context).map((notice) => {
        const text = ruleText(rule.id);
        const message = fill(text.message[locale] ?? text.message.en ?? rule.id, notice.values);
        const { severity, speaker, lesson } = text;
        const found = remark(submission.document, `${subject.kind}/${subject.name}`, {
          severity,
          code: rule.id,
          speaker,
          message,
          path: submission.original(notice.path),
          proposal: proposalOf(notice, submission, text.fix?.[locale] ?? text.fix?.en),
        });
        return lesson ? { ...found, lesson } : found;
      }),
    ),
  );
}

/** A rule may know the one field that makes its notice go away; what the edit is called stands beside its words. */
function proposalOf({ set }: Notice, { original }: Submission, title: string | undefined): Proposal | undefined {
  if (!set || title === undefined) return undefined;
  return { title, safe: set.safe, changes: [{ kind: 'set', path: original(set.path), value: set.value }] };
}
