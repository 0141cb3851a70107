import { markupText } from '../value/markup-text.ts'
import type { ReportPage } from './report.ts'

/** A report as a page for a browser. */
export function reportHtml(pages: readonly ReportPage[]): string {
  const articles = pages.map(
    ({ title, lines }) => `      <div class="article">
        <div class="page">
          <h2>${markupText(title)}</h2>
          <table>
${lines.map(([label, value]) => `            <tr><th>${markupText(label)}</th><td>${markupText(value)}</td></tr>`).join('\n')}
          </table>
        </div>
      </div>`,
  )
  return `<!DOCTYPE html>
<html lang="en-US">
  <head>
    <meta charset="utf-8"/>
    <title>Odoo Report</title>
  </head>
  <body class="container">
    <div id="wrapwrap">
      <main>
${articles.join('\n')}
      </main>
    </div>
  </body>
</html>
`
}
