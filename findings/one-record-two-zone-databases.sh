#!/usr/bin/env bash
# @vvo/tzdb 6.202.0 on Node 24.21.0: one record of a zone answers from two editions of the time zone database.
#
# Seen: for America/Winnipeg, `rawOffsetInMinutes` (-300) and `abbreviation` ("EST") come from the data in the package,
# which knows that Manitoba keeps UTC-5 all year from November 2026. `currentTimeOffsetInMinutes` is worked out when the
# package is asked, with the runtime's Intl. Node 24.21.0 carries edition 2026c, which does not know it: asked on
# 15 December 2026 it says -360, one hour off from the field beside it in the same object.
#
# Why it matters to event mail: pages that offer "America/Winnipeg (UTC-5)" and mails that use the other field differ by an
# hour, for the same person, from one call. Nothing throws, and no version number that one can pin covers both fields.
#
# Exits 1 if the two fields agree, or if either says something else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "allowScripts": { "node": true } }' >package.json
npm install --silent --no-audit --no-fund --save-exact node@24.21.0 @vvo/tzdb@6.202.0 >/dev/null
cat >seen.cjs <<'JS'
const asked = Date.parse('2026-12-15T15:00:00Z');
const Real = Date;
// The package reads the clock itself: this is the moment at which it is asked.
globalThis.Date = class extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [asked] : given));
  }
  static now() {
    return asked;
  }
};
const { getTimeZones } = require('@vvo/tzdb');
const { rawOffsetInMinutes, abbreviation, currentTimeOffsetInMinutes } = getTimeZones({ includeUtc: true }).find(
  ({ name }) => name === 'America/Winnipeg',
);
console.log(`Node ${process.versions.node}, its time zone data ${process.versions.tz}`);
console.log(JSON.stringify({ rawOffsetInMinutes, abbreviation, currentTimeOffsetInMinutes }));
process.exit(rawOffsetInMinutes === -300 && abbreviation === 'EST' && currentTimeOffsetInMinutes === -360 ? 0 : 1);
JS
node_modules/.bin/node seen.cjs
