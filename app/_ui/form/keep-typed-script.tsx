import { headers } from 'next/headers'
import { keepTyped } from './keep-typed'

/** Runs `keepTyped` before React, on a page that is rendered per request: under the nonce of its policy. */
export async function KeepTypedScript() {
  const policy = (await headers()).get('content-security-policy') ?? ''
  const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
  return (
    <script nonce={nonce} suppressHydrationWarning>
      {`(${keepTyped})()`}
    </script>
  )
}
