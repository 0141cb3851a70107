import type { Json } from '../json.ts'

/**
 * The leaves of an XML-RPC answer in their order, each with its type: `[["int", "2"]]`. Of a fault its code, and its
 * sentence where Odoo wrote it for people; Python's own errors come as a traceback.
 */
export function readXmlRpc(xml: string): Json {
  const leaves = [...xml.matchAll(/<(\w+)>((?:(?!<\/?[a-z]+>)[\s\S])*)<\/\1>/g)].map(([, tag = '', text = '']) => [
    tag,
    plainText(text.trim()),
  ])
  if (!xml.includes('<fault>')) return { leaves }
  const [code, sentence] = leaves.filter(([tag]) => tag === 'int' || tag === 'string')
  const isTraceback = /^Traceback|^<traceback/.test(sentence?.[1] ?? '')
  // An integer is the same code for every Python error; a text is the name of an exception, or its message.
  return {
    fault: isTraceback ? (code?.[0] ?? null) : (code ?? null),
    sentence: isTraceback ? null : (sentence ?? null),
  }
}

function plainText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}
