/** The catalogue: search, filters, tabs and the list of events. */
export const STYLE_LISTS = `
.search{margin-bottom:24px}
.search label{display:block;font-weight:600;margin-bottom:4px}
.with-button{display:flex;gap:8px}
.with-button input{flex:1;min-width:0}
.filters{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,7.4em),1fr));gap:16px;margin-top:16px;align-items:end}
.filters input,.filters select{padding-inline:8px;font-size:.889rem;height:48px}
.filters p{margin:0;max-width:none}
.filters .filter-button{grid-column:1/-1}
@media (min-width:640px){.filters{grid-template-columns:repeat(4,1fr)}}
@media (min-width:960px){.filters{grid-template-columns:1.1fr 1.4fr 1fr 1fr auto}.filters .filter-button{grid-column:auto}}
.tabs{display:flex;gap:8px;border-bottom:1px solid var(--edge);margin-bottom:24px}
.tabs a{padding:12px 16px;border:1px solid transparent;border-bottom:0;border-radius:6px 6px 0 0;margin-bottom:-1px}
.tabs a[aria-current]{color:var(--ink);font-weight:600;text-decoration:none;border-color:var(--edge);background:var(--paper)}
.count{display:flex;flex-wrap:wrap;gap:4px 24px;align-items:baseline;margin-bottom:8px}
.count h2{font-size:1rem;margin:0;line-height:1.5}
.count h2 span{font-weight:400}
.count p{margin:0}
.events{list-style:none;padding:0;margin:0 0 32px}
.events>li{display:grid;grid-template-columns:64px 1fr;gap:16px;padding:24px 0;border-bottom:1px solid var(--line);max-width:none}
.events h3{margin:0 0 4px;line-height:1.3}
.events p{margin:0 0 4px}
.events .strapline{text-wrap:pretty}
.events .facts{color:var(--muted);font-size:.889rem;max-width:none}
.events .state{margin-inline-start:4px}
.tile{width:64px;height:72px;display:flex;flex-direction:column;align-items:center;justify-content:center;
  background:var(--accent-wash);border-radius:6px;line-height:1.2;font-size:.889rem;font-weight:600;border-top:4px solid var(--accent)}
.tile b{font-size:1.6rem;line-height:1.1}
.quiet .tile{background:var(--ended-wash);color:var(--ended);border-color:var(--edge)}
.quiet h3 a{color:var(--ink)}
@media (max-width:400px){.events>li{grid-template-columns:52px 1fr;gap:12px}.tile{width:52px;height:64px}}
.pager{display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center}
.state{display:inline-flex;align-items:center;gap:6px;padding:1px 10px 1px 8px;font-size:.889rem;font-weight:600;border-radius:6px;
  border:1px solid currentColor;white-space:nowrap}
.state-ended{color:var(--ended);background:var(--ended-wash)}
.state-ended::before{content:"\\25a0" / ""}
.state-cancelled{color:var(--cancelled);background:var(--cancelled-wash)}
.state-cancelled::before{content:"\\2715" / ""}
.state-postponed{color:var(--postponed);background:var(--postponed-wash)}
.state-postponed::before{content:"\\25b2" / "";font-size:.8em}
.state-live{color:var(--live);background:var(--live-wash)}
.state-live::before{content:"\\25cf" / ""}
.state-full{color:var(--full);background:var(--full-wash)}
.state-full::before{content:"\\25c6" / ""}
`;
