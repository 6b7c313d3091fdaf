/** How bare elements look: most of a page needs no class. Sizes are multiples of 8 px; 1 rem is 18 px. */
export const STYLE_BASE = `
*,*::before,*::after{box-sizing:border-box}
html{font:112.5%/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
  -webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-block:24px 112px}
body{margin:0;min-height:100vh;display:flex;flex-direction:column;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
main{flex:1;padding-block:24px 64px}
main:focus{outline:none}
.wide{width:100%;max-width:1120px;margin-inline:auto;padding-inline:16px}
.narrow{max-width:68ch}
h1,h2,h3,h4,h5,h6{line-height:1.2;text-wrap:balance;margin:0 0 16px}
h1{font-size:clamp(1.6rem,1.15rem + 2.2vw,2.444rem);letter-spacing:-.01em}
h2{font-size:clamp(1.2rem,1.1rem + .6vw,1.44rem);margin-top:40px}
h3{font-size:1.2rem}
h4,h5,h6{font-size:1rem}
p,ul,ol,dl,pre,blockquote,details,fieldset{margin:0 0 16px}
p,li,dd{max-width:68ch}
.lead{font-size:1.2rem;line-height:1.4;color:var(--muted);text-wrap:pretty}
.muted{color:var(--muted)}
.keep{white-space:nowrap}
a{color:var(--accent);text-underline-offset:.15em;text-decoration-thickness:1px}
a:hover{text-decoration-thickness:3px}
:focus-visible{outline:3px solid var(--accent);outline-offset:3px;border-radius:2px}
[data-focus]:focus{outline:3px solid var(--accent);outline-offset:3px}
ul.plain{list-style:none;padding:0}
hr{border:0;border-top:1px solid var(--line);margin:32px 0}
code,pre{font-family:ui-monospace,Consolas,monospace;font-size:.9em}
pre{overflow-x:auto;padding:16px;background:var(--wash);border-radius:6px}
table{display:block;overflow-x:auto;margin:0 0 16px;border-collapse:collapse}
th,td{padding:4px 16px 4px 0;vertical-align:top;border-bottom:1px solid var(--line)}
th:not([align]){text-align:start}
blockquote{margin-inline:0;padding-inline-start:16px;border-inline-start:4px solid var(--line)}
summary{cursor:pointer;color:var(--accent);text-decoration:underline;text-underline-offset:.15em;padding-block:4px}
.button{display:inline-block;min-height:48px;padding:10px 24px;font:inherit;font-weight:600;text-align:center;text-decoration:none;
  color:var(--accent-ink);background:var(--accent);border:2px solid var(--accent);border-radius:6px;cursor:pointer}
.button:hover{text-decoration:underline;text-decoration-thickness:2px}
.button.secondary{color:var(--accent);background:transparent}
.button.danger{color:var(--paper);background:var(--cancelled);border-color:var(--cancelled)}
.skip{position:absolute;left:16px;top:-64px;padding:8px 16px;background:var(--paper);z-index:2}
.skip:focus{top:8px}
.top{background:var(--wash);border-bottom:1px solid var(--line)}
.top .wide{display:flex;flex-wrap:wrap;gap:0 24px;align-items:center;justify-content:space-between;min-height:56px}
.brand{font-weight:700;color:inherit;text-decoration:none;display:inline-flex;align-items:center;gap:8px;padding-block:12px}
.brand::before{content:"";width:12px;height:20px;border:solid var(--accent);border-width:0 4px 4px 0;transform:rotate(40deg) translate(-2px,-3px)}
.top nav a{display:inline-block;padding-block:12px}
.foot{background:var(--wash);border-top:1px solid var(--line);font-size:.889rem}
.foot .wide{display:flex;flex-wrap:wrap;gap:8px 32px;justify-content:space-between;padding-block:24px}
.foot p{margin:0}
.foot ul{display:flex;flex-wrap:wrap;gap:8px 24px;margin:0}
.back{margin-bottom:16px}
.back a::before{content:"\\2190\\00a0" / ""}
.notice{padding:16px;margin-bottom:24px;background:var(--ended-wash);border-inline-start:6px solid var(--ended);border-radius:6px}
.notice p:last-child{margin:0}
.notice-cancelled{background:var(--cancelled-wash);border-color:var(--cancelled)}
.notice-postponed{background:var(--postponed-wash);border-color:var(--postponed)}
@media (prefers-reduced-motion:no-preference){a,.button{transition:text-decoration-thickness .1s}}
`;
