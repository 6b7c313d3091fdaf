#!/usr/bin/env bash
# Node 24.21.0 (its ICU carries tzdata 2026c), moment-timezone 0.6.6 (2026f) and timezones-ical-library 2.3.2: an
# invitation made of all three says two different hours.
#
# Seen: 09:00 on 15 December 2026 in America/Winnipeg is 15:00Z for Intl, 14:00Z for moment-timezone, and 15:00Z by the
# VTIMEZONE block that timezones-ical-library gives a calendar file (CST, UTC-6, "first Sunday of November, for ever").
# Manitoba keeps UTC-5 all year from November 2026. For America/Havana (UTC-4 through this winter) it is the same pair of
# answers an hour apart. Each package is the newest of 30 November 2026, and each is current by its own date.
#
# Why it matters to event mail: the schedule, the text of the mail and the calendar part are commonly made by these three.
# The reminder then leaves an hour from the time it states, and the entry in the reader's calendar agrees with one of them.
# Libraries on top of Intl (Temporal's polyfills, Luxon, date-fns-tz) follow the runtime, whatever their own version.
#
# Exits 1 if any of them says something else.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
echo '{ "private": true, "allowScripts": { "node": true } }' >package.json
npm install --silent --no-audit --no-fund --save-exact \
  node@24.21.0 moment-timezone@0.6.6 timezones-ical-library@2.3.2 temporal-polyfill@1.0.8 >/dev/null
cat >seen.cjs <<'JS'
const moment = require('moment-timezone');
const { tzlib_get_ical_block: vtimezone } = require('timezones-ical-library');
const { Temporal } = require('temporal-polyfill');
const WALL = '2026-12-15T09:00';
console.log(`Node ${process.versions.node}: ${process.versions.tz}; moment-timezone: ${moment.tz.dataVersion}`);
const expected = {
  'America/Winnipeg': ['2026-12-15T15:00:00Z', '2026-12-15T14:00:00Z', '-0600'],
  'America/Havana': ['2026-12-15T14:00:00Z', '2026-12-15T13:00:00Z', '-0500'],
};
let same = true;
for (const [zone, known] of Object.entries(expected)) {
  const runtime = Temporal.PlainDateTime.from(WALL).toZonedDateTime(zone).toInstant().toString();
  const data = moment.tz(WALL, zone).utc().format();
  const [block] = vtimezone(zone);
  const winter = /BEGIN:STANDARD[^]*?TZOFFSETTO:([+-]\d{4})[^]*?END:STANDARD/.exec(block.replaceAll('\r', ''))[1];
  console.log(`${WALL} in ${zone}: Temporal on Intl ${runtime}, moment-timezone ${data}, VTIMEZONE in winter ${winter}`);
  same &&= JSON.stringify([runtime, data, winter]) === JSON.stringify(known);
}
process.exit(same ? 0 : 1);
JS
node_modules/.bin/node seen.cjs
