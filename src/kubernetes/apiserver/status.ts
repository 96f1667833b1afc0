import { type FieldError, goQuote, invalid, Path } from '../api/field-error';

/** A cause as a Status lists it. */
export interface StatusCause {
  readonly reason?: string;
  readonly message: string;
  readonly field?: string;
}

/** `metav1.Status` of a refusal. */
export type Status = {
  kind: 'Status';
  apiVersion: 'v1';
  metadata: Record<string, never>;
  status: 'Failure' | 'Success';
  message?: string;
  reason?: string;
  details?: {
    name?: string;
    group?: string;
    kind?: string;
    uid?: string;
    causes?: StatusCause[];
    retryAfterSeconds?: number;
  };
  code: number;
};

/** Builders of the server's refusals. Texts: staging/src/k8s.io/apimachinery/pkg/api/errors/errors.go. */
function failure(code: number, reason: string, message: string, details?: Status['details']): Status {
  const base = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason } as const;
  return details ? { ...base, details, code } : { ...base, code };
}

/** `pods`, `deployments.apps` */
export function qualified(name: string, group: string): string {
  return group ? `${name}.${group}` : name;
}

/** Upstream `NewBadRequest`. */
export function badRequest(message: string): Status {
  return failure(400, 'BadRequest', message);
}

/** Upstream `NewNotFound`. */
export function notFoundStatus(resource: string, group: string, name: string): Status {
  return failure(
    404,
    'NotFound',
    `${qualified(resource, group)} ${goQuote(name)} not found`,
    detailsOf(name, group, resource),
  );
}

/** `drawn`: the object asked for a name to be drawn, too. Upstream: `NewAlreadyExists`, `NewGenerateNameConflict` */
export function alreadyExists(resource: string, group: string, name: string, drawn = false): Status {
  return failure(
    409,
    'AlreadyExists',
    `${qualified(resource, group)} ${goQuote(name)} already exists${drawn ? ', the server was not able to generate a unique name for the object' : ''}`,
    { ...detailsOf(name, group, resource), ...(drawn && { retryAfterSeconds: 1 }) },
  );
}

/** Upstream `NewConflict`. */
export function conflict(resource: string, group: string, name: string, why: string): Status {
  return failure(
    409,
    'Conflict',
    `Operation cannot be fulfilled on ${qualified(resource, group)} ${goQuote(name)}: ${why}`,
    detailsOf(name, group, resource),
  );
}

export const modifiedMeanwhile =
  'the object has been modified; please apply your changes to the latest version and try again';

/** Upstream `NewForbidden`. */
export function forbiddenStatus(resource: string, group: string, name: string, why: string): Status {
  const what =
    name === ''
      ? `${qualified(resource, group)} is forbidden: ${why}`
      : `${qualified(resource, group)} ${goQuote(name)} is forbidden: ${why}`;
  return failure(403, 'Forbidden', what, detailsOf(name, group, resource));
}

/** `Pod "web" is invalid: spec.containers: Required value`; several errors stand in brackets. */
export function invalidStatus(kind: string, group: string, name: string, errors: readonly FieldError[]): Status {
  const texts = [...new Set(errors.map((error) => `${error.field}: ${error.body}`))];
  const joined = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
  return failure(422, 'Invalid', `${qualified(kind, group)} ${goQuote(name)} is invalid: ${joined}`, {
    ...detailsOf(name, group, kind),
    causes: errors.map((error) => ({ reason: error.reason, message: error.body, field: error.field })),
  });
}

/** A patch whose result cannot be read. Upstream: handlers/patch.go `applyPatchToObject` */
export function invalidPatch(patch: string, why: string): Status {
  const error = invalid(Path.of('patch'), patch, why);
  return failure(422, 'Invalid', ` "" is invalid: patch: ${error.body}`, {
    causes: [{ reason: error.reason, message: error.body, field: error.field }],
  });
}

/** A well-formed request that makes no sense. Upstream: `NewGenericServerResponse` for 422 */
export function unprocessable(): Status {
  return failure(422, 'Invalid', 'the server rejected our request due to an error in our request', {});
}

/** Upstream: `NewApplyConflict` */
export function applyConflict(message: string, causes: readonly StatusCause[]): Status {
  return failure(409, 'Conflict', message, { causes: [...causes] });
}

/** An error that upstream wraps in nothing: a message without a reason. */
export function bareError(message: string): Status {
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code: 500 };
}

/** A path that leads to nothing. */
export function unknownResource(): Status {
  return failure(404, 'NotFound', 'the server could not find the requested resource', {});
}

/** A path that leads to something, but not by this method. */
export function unservedMethod(): Status {
  const message = 'the server does not allow this method on the requested resource';
  return failure(405, 'MethodNotAllowed', message, {});
}

/** Upstream `NewTooManyRequests`, with causes. */
export function tooManyRequests(message: string, causes: readonly StatusCause[]): Status {
  return failure(429, 'TooManyRequests', message, { causes: [...causes] });
}

/** `NewInternalError` */
export function internalError(why: string): Status {
  return failure(500, 'InternalError', `Internal error occurred: ${why}`, { causes: [{ message: why }] });
}

/** Upstream `NewMethodNotSupported`. */
export function methodNotAllowed(verb: string, resource: string, group: string): Status {
  return failure(
    405,
    'MethodNotAllowed',
    `${verb} is not supported on resources of kind "${qualified(resource, group)}"`,
    detailsOf('', group, resource),
  );
}

function detailsOf(name: string, group: string, kind: string): NonNullable<Status['details']> {
  return { ...(name ? { name } : {}), ...(group ? { group } : {}), ...(kind ? { kind } : {}) };
}
