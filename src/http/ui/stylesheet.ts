/** The one stylesheet of the pages; light and dark by the reader's choice, phone first. */
export const stylesheet = `:root{color-scheme:light dark;--paper:#f4f1ec;--card:#fffdf9;--ink:#1b1a19;--soft:#625d56;--line:#e2dcd2;--accent:#b82b57;--accent-ink:#fff;--good:#1b7a4b;--warn:#8a5a00;--bad:#b3261e;--focus:#1473b8;font:16px/1.55 system-ui,-apple-system,"Apple SD Gothic Neo","Noto Sans KR","Noto Sans CJK KR","Malgun Gothic",sans-serif}
@media (prefers-color-scheme:dark){:root{--paper:#121114;--card:#1b1a1f;--ink:#f2efeb;--soft:#a8a29a;--line:#34323a;--accent:#ff8f6b;--accent-ink:#2a0d05;--good:#6fd6a3;--warn:#f0bf62;--bad:#ff8a80;--focus:#6cb8f0}}
*{box-sizing:border-box}
body,h1,h2,h3,p,ul,ol,dl,dd,fieldset,table{margin:0;padding:0}
ul,ol{list-style:none}
body{background:var(--paper);color:var(--ink);word-break:keep-all;overflow-wrap:anywhere}
a{color:inherit;text-underline-offset:3px}
:focus-visible{outline:3px solid var(--focus);outline-offset:2px;border-radius:6px}
.skip{position:absolute;left:-99px;top:8px;width:1px;height:1px;overflow:hidden}
.skip:focus{left:8px;width:auto;height:auto;padding:8px 14px;background:var(--card);z-index:1}
header,main,footer{max-width:1080px;margin-inline:auto;padding:0 16px}
header{display:flex;flex-wrap:wrap;align-items:center;gap:4px 16px;padding-block:14px 6px}
.brand{display:flex;align-items:center;gap:10px;font-weight:750;font-size:19px;text-decoration:none;margin-right:auto}
.brand b{display:grid;place-items:center;width:34px;height:34px;border-radius:11px;background:var(--accent);color:var(--accent-ink);font-size:17px}
nav{order:3;flex-basis:100%;display:flex;gap:4px;overflow-x:auto;padding:4px;margin:0 -4px}
nav a,.quiet{display:inline-flex;align-items:center;min-height:44px;padding:0 12px;border-radius:12px;color:var(--soft);font-weight:600;white-space:nowrap;text-decoration:none}
nav a:hover,.quiet:hover{color:var(--ink);text-decoration:underline}
nav [aria-current]{background:var(--card);color:var(--ink);box-shadow:inset 0 0 0 1px var(--line)}
header form{display:contents}
main{display:grid;grid-template-columns:minmax(0,1fr);gap:16px;padding-block:10px 32px}
h1{font-size:25px;line-height:1.3;letter-spacing:-.02em}
h2{font-size:18px;line-height:1.4}
h3{font-size:16px}
.lead{color:var(--soft);margin-top:4px}
.card{background:var(--card);border:1px solid var(--line);border-radius:18px;padding:18px;display:grid;grid-template-columns:minmax(0,1fr);gap:12px;align-content:start;min-width:0}
.card>h2+.soft{margin-top:-10px}
.soft,small,.empty{color:var(--soft);font-size:14px}
.rows>li,.rows>div{display:flex;flex-wrap:wrap;gap:4px 12px;align-items:center;padding:11px 0;border-top:1px solid var(--line)}
.rows>:first-child{border-top:0;padding-top:0}
.rows>:last-child{padding-bottom:0}
.what{flex:1 1 220px;min-width:0}
.whole{flex-basis:100%}
.what small,.what p{display:block}
.what p+p{margin-top:4px}
.badge{flex:none;display:inline-flex;align-items:center;gap:7px;font-size:14px;font-weight:650;white-space:nowrap;color:var(--soft)}
.badge::before{content:"";width:10px;height:10px;border-radius:50%;background:currentcolor}
.ok{color:var(--good)}.warn{color:var(--warn)}.bad{color:var(--bad)}
.off::before{background:none;box-shadow:inset 0 0 0 2px currentcolor}
.verdict{border-left:6px solid var(--good)}
.verdict.warn,.verdict.bad{color:inherit;border-left-color:var(--bad)}
.verdict.ok{color:inherit}
.verdict.warn{border-left-color:var(--warn)}
.flash{border-left:6px solid var(--focus)}
.flash.bad{color:inherit;border-left-color:var(--bad)}
button,.button{display:inline-flex;align-items:center;justify-content:center;min-height:44px;padding:8px 16px;border:1px solid var(--line);border-radius:13px;background:var(--card);color:var(--ink);font:inherit;font-weight:650;text-align:center;text-decoration:none;cursor:pointer}
button:hover,.button:hover{border-color:var(--soft)}
.primary{background:var(--accent);border-color:transparent;color:var(--accent-ink)}
.danger{background:none;color:var(--bad);border-color:currentcolor}
button.quiet{border:0;background:none;font-weight:600;color:var(--soft)}
.actions{display:flex;flex-wrap:wrap;gap:8px;align-items:center}
.actions form{display:contents}
.stack{display:grid;gap:12px}
label.field{display:grid;gap:6px;font-weight:650}
input:not([type=checkbox]){width:100%;min-height:48px;padding:8px 14px;border:1px solid var(--soft);border-radius:13px;background:var(--paper);color:inherit;font:inherit}
fieldset{border:0;min-width:0;display:grid;gap:0 20px;grid-template-columns:repeat(auto-fill,minmax(230px,1fr))}
fieldset label{display:flex;gap:10px;align-items:center;min-height:44px}
input[type=checkbox]{flex:none;width:20px;height:20px;accent-color:var(--accent)}
code{font:.9em ui-monospace,Menlo,Consolas,monospace;padding:1px 6px;border-radius:6px;background:var(--paper);word-break:normal;overflow-wrap:anywhere;box-decoration-break:clone;-webkit-box-decoration-break:clone}
.scroll{overflow-x:auto}
table{width:100%;border-collapse:collapse;font-variant-numeric:tabular-nums}
th,td{padding:9px 12px 9px 0;border-top:1px solid var(--line);text-align:left;vertical-align:top}
thead th{border:0;padding-top:0;font-size:14px;color:var(--soft);font-weight:600}
tfoot th,tfoot td{font-weight:700}
.number{text-align:right;padding-right:0;white-space:nowrap}
.number+.number{padding-left:16px}
td time{white-space:nowrap}
meter{width:100%;height:12px}
.bar{flex:1 1 100%;display:grid;gap:4px}
.bar>span{display:flex;justify-content:space-between;gap:12px;font-size:14px}
details>summary{cursor:pointer;font-weight:600;padding:10px 0;min-height:44px}
.narrow{max-width:520px;width:100%;margin-inline:auto}
.pages{display:flex;justify-content:space-between;align-items:center;gap:8px}
@media (min-width:760px){header{flex-wrap:nowrap;padding-block:20px 10px}nav{order:0;flex-basis:auto}main{gap:20px}.brand{margin-right:12px}.spacer{flex:1}h1{font-size:29px}.card{padding:22px 24px}.two{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:20px;align-items:start}.two>div{display:grid;gap:20px}}
@media (max-width:759px){.two,.two>div{display:grid;grid-template-columns:minmax(0,1fr);gap:16px}.spacer{display:none}.log thead{display:none}.log tr{display:grid;grid-template-columns:minmax(0,1fr) auto;padding:9px 0;border-top:1px solid var(--line)}.log tr:first-child{border:0;padding-top:0}.log td{border:0;padding:2px 0}.log td:nth-child(even){text-align:right}}
`;
