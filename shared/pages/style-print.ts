/** Paper, and systems that choose the colours themselves. */
export const STYLE_PRINT = `
@media (forced-colors:active){
  .button,.panel,.tile,.notice,.status,.privacy,.format,.initials{border:1px solid ButtonText}
  .checks li::before,.brand::before{border-color:CanvasText;forced-color-adjust:none}
}
@media print{
  html{font-size:10pt}
  :root{--paper:#fff;--wash:#fff;--ink:#000;--muted:#000;--accent:#000;--accent-wash:#fff;--line:#999}
  .top nav,.foot ul,.back,.skip,.action,.add,.next,.own-time,.search,.tabs,.pager,.form,form{display:none!important}
  main{padding:0}
  h1{font-size:18pt}
  h2{font-size:12pt;margin:10pt 0 4pt}
  p,ul,ol,dl{margin-bottom:6pt}
  a{color:inherit;text-decoration:none}
  .event{display:block}
  .panel{border:1px solid #999;padding:8pt;position:static;break-inside:avoid}
  .panel dl{display:grid;grid-template-columns:1fr 1fr;gap:2pt 16pt}
  .panel dl div{margin:0}
  .columns{columns:3}
  details::details-content{content-visibility:visible;display:block}
  summary{display:none}
  body:has(.panel .action){padding-bottom:0}
}
`;
