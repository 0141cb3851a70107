/** How a release answers programs: over `/jsonrpc` and `/xmlrpc`, and with what they name besides. */
export type RpcFacts = {
  /** When `object` looks at its arguments: all of them first, or who calls first (odoo 18.0, 19.0 service/model.py). */
  readonly looksFirst: 'caller' | 'arguments'
  /** Is a private method refused even where the model is unknown? */
  readonly privateBeforeModel: boolean
  /** Signing in as a user that exists without a password. */
  readonly emptyPassword: 'refused' | 'assertion'
  /** No name in place of a database's. */
  readonly noDatabase: 'attribute_error' | 'assertion'
  /** `dateTime.iso8601` of XML-RPC is read as a moment. Before that it stays an object that no field takes. */
  readonly readsXmlMoments: boolean
  /** Does the header `X-Odoo-Database` choose the database? */
  readonly databaseHeader: boolean
}

export const rpc17: RpcFacts = {
  looksFirst: 'caller',
  privateBeforeModel: true,
  emptyPassword: 'refused',
  noDatabase: 'attribute_error',
  readsXmlMoments: false,
  databaseHeader: false,
}

export const rpc18: RpcFacts = {
  ...rpc17,
  privateBeforeModel: false,
  emptyPassword: 'assertion',
  noDatabase: 'assertion',
  readsXmlMoments: true,
}

export const rpc19: RpcFacts = {
  ...rpc18,
  looksFirst: 'arguments',
  emptyPassword: 'refused',
  databaseHeader: true,
}
