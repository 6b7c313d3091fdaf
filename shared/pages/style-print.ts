/** Paper, and systems that choose the colours themselves. */
export const STYLE_PRINT = `
@media (forced-colors:active){
  .button,.panel,.tile,.notice,.status,.privacy,.format,.initials{border:1px solid ButtonText}
  .checks li::before,.brand::before{border-color:CanvasText;forced-color-adjust:none}
}
@page{size:A4;margin:12mm}
@media print{
  html{font-size:9pt;line-height:1.35}
  :root{--paper:#fff;--wash:#fff;--ink:#000;--muted:#000;--accent:#000;--accent-wash:#fff;--line:#999}
  .top nav,.foot ul,.back,.skip,.action,.add,.next,.own-time,.search,.tabs,.pager,.form,form,.initials,#topics,.topics,summary{display:none!important}
  body{display:block}
  main,.wide,.top .wide,.foot .wide{padding:0;min-height:0}
  .top,.foot{border:0}
  .brand,.foot p{padding:0;font-size:8pt}
  p,li,dd{max-width:none}
  h1,.event-head h1{font-size:15pt;margin:4pt 0}
  h2{font-size:10.5pt;margin:6pt 0 2pt}
  .lead{font-size:10.5pt;margin:0 0 4pt}
  p,ul,ol,dl{margin-bottom:4pt}
  .badges{margin:4pt 0}
  a{color:inherit;text-decoration:none}
  .event{display:block}
  .panel{border:1px solid #999;padding:4pt 8pt;position:static;break-inside:avoid;margin:0 0 4pt}
  .panel dl{display:grid;grid-template-columns:2fr 1fr 1fr;gap:0 16pt;margin:0}
  .panel dl div{margin:0}
  .speakers li,.checks li,.columns li{padding-block:0}
  .checks{columns:2;column-gap:16pt}
  .checks li{padding-inline-start:14pt;break-inside:avoid}
  .checks li::before{left:2pt;top:2pt;width:4pt;height:8pt;border-width:0 1.5pt 1.5pt 0}
  .columns{columns:3;margin-bottom:0}
  details::details-content{content-visibility:visible;display:block}
  body:has(.panel .action){padding-bottom:0}
}
`;
