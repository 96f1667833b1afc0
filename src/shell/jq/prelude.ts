/** Functions that are written in jq, as those of jq's own src/builtin.jq are. */
export const prelude = `
def map(f): [.[] | f]; def select(f): if f then . else empty end; def values: select(. != null); def nulls: select(. == null);
def strings: select(type == "string"); def numbers: select(type == "number"); def booleans: select(type == "boolean");
def arrays: select(type == "array"); def objects: select(type == "object"); def iterables: select(type | . == "array" or . == "object");
def scalars: select(type | . != "array" and . != "object"); def recurse: ..; def recurse(f): def r: ., (f | r); r;
def recurse(f; c): def r: ., (f | select(c) | r); r; def to_entries: [keys_unsorted[] as $k | {key: $k, value: .[$k]}];
def from_entries: reduce .[] as $x ({}; . + { ($x | if type == "object" then (if has("key") then .key elif has("k") then .k elif has("name") then .name elif has("Name") then .Name elif has("Key") then .Key else null end) else . end | if type == "string" then . elif type == "null" then "null" else tojson end): ($x | if has("value") then .value elif has("v") then .v elif has("Value") then .Value else null end) });
def with_entries(f): to_entries | map(f) | from_entries; def map_values(f): .[] |= f; def del(f): delpaths([path(f)]);
def paths: path(..) | select(length > 0); def paths(f): path(.. | select(f)) | select(length > 0); def leaf_paths: paths(scalars);
def any: reduce .[] as $x (false; . or $x); def all: reduce .[] as $x (true; . and $x); def any(f): [.[] | f] | any; def all(f): [.[] | f] | all;
def any(g; f): isempty(first(g | f | select(.))) | not; def all(g; f): isempty(first(g | f | select(. | not)));
def isempty(g): first((g | false), true); def add: reduce .[] as $x (null; . + $x); def in(x): . as $k | x | has($k); def inside(x): . as $v | x | contains($v);
def first: .[0]; def last: .[-1]; def last(f): reduce f as $x (null; $x); def nth($n): .[$n]; def nth($n; f): last(limit($n + 1; f));
def until(c; u): def r: if c then . else (u | r) end; r; def while(c; u): def r: if c then ., (u | r) else empty end; r; def repeat(f): def r: f | (., r); r;
def range($n): range(0; $n); def range($a; $b): range($a; $b; 1); def todate: strftime("%Y-%m-%dT%H:%M:%SZ"); def fromdate: fromdateiso8601;
def ascii_downcase: explode | map(if . >= 65 and . <= 90 then . + 32 else . end) | implode; def ascii_upcase: explode | map(if . >= 97 and . <= 122 then . - 32 else . end) | implode;
def sort_by(f): [.[] | {k: [f], v: .}] | _sorted | map(.v); def group_by(f): [.[] | {k: [f], v: .}] | _grouped | map(map(.v)); def unique_by(f): [group_by(f)[] | .[0]]; def unique: unique_by(.);
def max_by(f): reduce .[] as $x (null; if . == null or ([$x | f] >= [.x | f]) then {x: $x} else . end) | .x; def min_by(f): reduce .[] as $x (null; if . == null or ([$x | f] < [.x | f]) then {x: $x} else . end) | .x; def max: max_by(.); def min: min_by(.); def sort: sort_by(.);
def walk(f): def w: if type == "object" then map_values(w) elif type == "array" then map(w) else . end | f; w;
def index($x): indices($x) | .[0]; def rindex($x): indices($x) | .[-1]; def test(r): test(r; null); def match(r): match(r; null);
def capture(r): capture(r; null); def capture(r; f): match(r; f) | [.captures[] | select(.name != null) | {key: .name, value: .string}] | from_entries;
def scan(r): match(r; "g") | if (.captures | length) > 0 then [.captures[].string] else .string end; def splits(r): split(r; "g")[]; def splits(r; f): split(r; f)[];
def sub(r; s): sub(r; s; ""); def gsub(r; s): sub(r; s; "g"); def gsub(r; s; f): sub(r; s; f + "g"); def combinations: if length == 0 then [] else .[0][] as $x | (.[1:] | combinations) as $w | [$x] + $w end;
def transpose: . as $a | (map(length) | max // 0) as $n | [range(0; $n) as $i | [$a[] | .[$i]]]; def env: $ENV; def halt_error: error; def finites: select(type == "number"); def input_line_number: 0; .`;
