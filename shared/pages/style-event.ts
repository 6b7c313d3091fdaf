/** One event, one registration, one gate. */
export const STYLE_EVENT = `
.event{display:grid;gap:0 64px}
.event-head h1{margin-bottom:12px;font-size:clamp(1.5rem,1.1rem + 1.8vw,2.1rem)}
.badges{display:flex;flex-wrap:wrap;gap:8px;margin-bottom:12px}
.format{padding:1px 10px;font-size:.889rem;font-weight:600;background:var(--accent-wash);border:1px solid var(--accent);border-radius:6px}
.panel{background:var(--wash);border:1px solid var(--line);border-radius:6px;padding:24px;margin-block:8px 16px}
.panel dl{margin:0}
.panel dl div{margin-bottom:16px}
dt{font-weight:600;font-size:.889rem;color:var(--muted)}
dd{margin:0}
.own-time{min-height:3em;margin:4px 0 0;font-size:.889rem;color:var(--muted)}
.add{margin-bottom:16px}
.add li{padding-block:4px}
.panel time{display:block}
@media (min-width:560px) and (max-width:899.98px){.panel dl{display:grid;grid-template-columns:1fr 1fr;gap:0 32px}}
.panel .action{margin:0}
.panel .action .button{width:100%}
.panel .closed{margin:0;font-weight:600}
.event-text>section:first-child h2{margin-top:8px}
@media (min-width:900px){
  .event{grid-template-columns:minmax(0,1fr) 320px;align-items:start}
  .event-head,.event-text{grid-column:1}
  .panel{grid-column:2;grid-row:1/span 2;position:sticky;top:24px;margin-block:0}
}
@media (max-width:899.98px) and (min-height:480px){
  .panel .action{position:fixed;inset:auto 0 0;padding:12px 16px calc(12px + env(safe-area-inset-bottom));background:var(--paper);border-top:1px solid var(--line);z-index:1;max-width:none}
  body:has(.panel .action){padding-bottom:80px}
}
.speakers{list-style:none;padding:0}
.speakers li{display:flex;gap:16px;align-items:center;padding-block:8px}
.speakers span{display:block}
.speakers div span{color:var(--muted)}
.speakers .initials{flex:none;width:56px;height:56px;border-radius:50%;display:grid;place-items:center;font-weight:600;background:var(--accent-wash);border:1px solid var(--accent)}
.checks{list-style:none;padding:0}
.checks li{position:relative;padding:4px 0 4px 32px}
.checks li::before{content:"";position:absolute;left:6px;top:9px;width:8px;height:15px;border:solid var(--accent);border-width:0 3px 3px 0;transform:rotate(40deg)}
.columns{columns:2 16em;column-gap:32px;padding-inline-start:20px;margin-bottom:8px}
.columns li{break-inside:avoid;padding-block:2px}
.topics{display:flex;flex-wrap:wrap;gap:8px;list-style:none;padding:0}
.topics a{display:inline-block;padding:4px 12px;border:1px solid var(--edge);border-radius:6px;text-decoration:none}
.topics a:hover{text-decoration:underline}
.next{margin-top:32px;border-top:1px solid var(--line)}
.facts-list div{padding-block:8px;border-bottom:1px solid var(--line)}
.status{padding:16px 16px 16px 20px;border-radius:6px;border-inline-start:6px solid;margin-bottom:24px;font-size:1.2rem;line-height:1.4}
.status p{margin:0}
.status-yes{background:var(--live-wash);border-color:var(--live)}
.status-wait{background:var(--postponed-wash);border-color:var(--postponed)}
.status-off{background:var(--ended-wash);border-color:var(--ended)}
.genuine b::before{content:"\\2713\\00a0" / ""}
.gate{text-wrap:pretty}
.gate h1{font-size:clamp(1.33rem,1.1rem + 1vw,1.8rem)}
.gate .news{font-size:1.2rem;margin-bottom:8px}
.gate .countdown{padding:24px;background:var(--wash);border:1px solid var(--line);border-radius:6px;font-size:1.2rem}
.gate .countdown b{display:block;font-size:1.6rem;line-height:1.2;min-height:1.2em;margin-bottom:4px;font-variant-numeric:tabular-nums}
.gate .countdown small{display:block;font-size:.889rem}
.gate .join{margin-bottom:8px}
.gate .big{width:100%;max-width:26rem;min-height:72px;font-size:1.44rem}
.gate .ask{margin-top:32px}
.when{font-weight:600}
.when .muted{font-weight:400}
.address{min-height:4.5em}
.address b{display:block}
.steps li{margin-bottom:8px}
`;
