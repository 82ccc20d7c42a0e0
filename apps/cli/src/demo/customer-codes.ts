import { lineGroups } from '../client/event-file';

interface PartyEvent {
  topic: string;
  value: { after?: { code?: string | null } | null; payload?: { after?: { code?: string | null } | null } } | null;
}

/** The customer codes of an ERP capture: what its administrators would have in the target already. */
export async function customerCodes(file: string, topic: string): Promise<string[]> {
  const codes = new Set<string>();
  const mark = JSON.stringify(topic);
  for await (const lines of lineGroups(file, 5_000)) {
    for (const line of lines) {
      if (!line.includes(mark)) continue;
      const { value } = JSON.parse(line) as PartyEvent;
      const code = (value?.payload ?? value)?.after?.code;
      if (typeof code === 'string' && code !== '') codes.add(code);
    }
  }
  return [...codes].sort();
}
