/** Forms and what is wrong with them. */
export const STYLE_FORMS = `
input,select,textarea{font:inherit;color:inherit;background:var(--paper);border:2px solid var(--edge);border-radius:6px;padding:9px 12px;width:100%;min-height:48px}
input[type=radio],input[type=checkbox]{width:24px;height:24px;min-height:0;flex:none;margin:0;accent-color:var(--accent)}
input[type=search]{-webkit-appearance:none;appearance:none}
input:focus-visible,select:focus-visible,textarea:focus-visible{outline-offset:0;border-color:var(--ink);border-radius:6px}
.field{border:0;padding:0;margin:0 0 24px;min-width:0}
.field label,legend{font-weight:600;padding:0}
.field label{display:block;margin-bottom:4px}
.options label{font-weight:400;margin:0}
.optional{font-weight:400;color:var(--muted)}
.hint{display:block;color:var(--muted);font-size:.889rem;margin-bottom:4px}
.options p{display:flex;gap:12px;align-items:flex-start;margin:0;padding-block:10px}
.scale{display:grid;gap:8px 4px;margin-top:8px}
.scale-rating{grid-template-columns:repeat(5,1fr);max-width:26em}
.scale-nps{grid-template-columns:repeat(6,1fr)}
.scale label{position:relative;display:flex;flex-direction:column;align-items:center;gap:4px;min-height:64px;margin:0;padding:8px 0 4px;border:2px solid var(--edge);border-radius:6px;cursor:pointer}
.scale label:has(:checked){border-color:var(--accent);background:var(--accent-wash)}
@media (min-width:640px){.scale-nps{grid-template-columns:repeat(11,1fr)}}
.survey .form{margin-top:32px}
.survey .ask{margin-top:40px}
.typed{white-space:pre-line}
.error{display:block;color:var(--cancelled);font-weight:600;margin-bottom:4px}
.wrong{padding-inline-start:16px;border-inline-start:4px solid var(--cancelled)}
.wrong input:not([type=radio],[type=checkbox]),.wrong select,.wrong textarea,.filters [aria-invalid]{border-color:var(--cancelled)}
.error-summary{padding:24px;margin-bottom:32px;border:4px solid var(--cancelled);border-radius:6px}
.error-summary h2{margin:0 0 8px}
.error-summary ul{margin:0;padding-inline-start:20px}
.error-summary a{color:var(--cancelled);font-weight:600}
.privacy{padding:16px;background:var(--wash);border-radius:6px;margin-bottom:24px}
.privacy>:last-child,.privacy .prose>:last-child{margin-bottom:0}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
@media (max-width:480px){.form>p>.button{width:100%}}
`;
