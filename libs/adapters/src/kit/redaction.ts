import type { AdapterLog, SecretSource } from '@syncline/pipeline/deliver';
import { hasSecretReference } from './secrets';

const SHOWN = '[secret]';

/** Knows the secrets of one session, so that nothing of it can show them. */
export class Redaction {
  private readonly secrets = new Set<string>();

  constructor(private readonly source: SecretSource) {}

  /** Resolves a configured text and remembers what came out when it held a reference. */
  async reveal(text: string): Promise<string> {
    const value = await this.source.resolve(text);
    if (hasSecretReference(text)) this.remember(value);
    return value;
  }

  /** A secret that came at run time: a token, a cookie. */
  remember(secret: string): void {
    if (secret.length < 4) return;
    this.secrets.add(secret);
    this.secrets.add(encodeURIComponent(secret));
    this.secrets.add(Buffer.from(secret).toString('base64'));
  }

  /** The text without any of the secrets. */
  hide(text: string): string {
    let hidden = text;
    for (const secret of this.secrets) hidden = hidden.replaceAll(secret, SHOWN);
    return hidden;
  }

  /** A log through which no secret passes. */
  log(log: AdapterLog): AdapterLog {
    const details = (given?: Record<string, string | number>) =>
      given && Object.fromEntries(Object.entries(given).map(([key, value]) => [key, this.shown(value)]));
    return {
      warn: (message, given) => log.warn(this.hide(message), details(given)),
      debug: (message, given) => log.debug(this.hide(message), details(given)),
    };
  }

  private shown(value: string | number): string | number {
    return typeof value === 'string' ? this.hide(value) : value;
  }
}
