import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { targetFile } from '../target/target-config';
import { ERP_SYSTEMS } from '../workload/workload';

export const BUSINESS_DATE = '2026-11-22';

export interface FolderOptions {
  targetUrl: string;
  /** Messages in one transaction: the fewer, the more moments there are to die at. */
  batch: number;
  /** Of Kafka; 1 where there is none. */
  brokers: number;
}

/** The shipped configuration, with a second ERP and with targets that remember what is done to them. */
export class FaultFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'syncline-faults-'));
  readonly config = join(this.path, 'config');
  readonly data = join(this.path, 'data');
  readonly logs = join(this.path, 'logs');

  constructor({ targetUrl, batch, brokers }: FolderOptions) {
    cpSync('config', this.config, { recursive: true });
    mkdirSync(this.data);
    mkdirSync(this.logs);
    this.replace('syncline.yaml', 'business_date: today', `business_date: ${BUSINESS_DATE}`);
    // Which customers there are is to follow from numbers and merges alone: that is what the oracle knows of.
    this.replace('syncline.yaml', 'matching: matching.yaml', 'matching: null');
    // The value of a customer is evaluated by the clock; no rating here may depend on when that was.
    this.replace(
      'credit-policy.yaml',
      'value_uplift: {A: 1.2, B: 1.1, C: 1.0, D: 0.8',
      'value_uplift: {A: 1, B: 1, C: 1, D: 1',
    );
    this.replace('profiles/embedded.yaml', '.syncline/', `${this.data}/`);
    this.replace('profiles/embedded.yaml', 'port: 8080', 'port: 0');
    this.replace('profiles/distributed.yaml', '0.0.0.0, port: 8080', '127.0.0.1, port: 0');
    this.replace('profiles/distributed.yaml', 'client_id: syncline', `replication_factor: ${brokers}`);
    for (const profile of ['embedded', 'distributed'])
      this.replace(`profiles/${profile}.yaml`, 'max_messages: 2000', `max_messages: ${batch}`);
    this.addSecondErp();
    for (const target of ['u8', 'u8-demo']) rmSync(join(this.config, 'targets', `${target}.yaml`));
    for (const system of ERP_SYSTEMS) this.write(`targets/${system}-credit.yaml`, targetFile(system, targetUrl));
  }

  log(name: string): string {
    return join(this.logs, `${name}.log`);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  private addSecondErp(): void {
    const first = readFileSync(join(this.config, 'systems/erp.yaml'), 'utf8');
    const second = first
      .replace('name: erp', 'name: erp2')
      .replace('priority: 1', 'priority: 3')
      .replace('erp.public.', 'erp2.public.');
    this.write('systems/erp2.yaml', second);
  }

  private write(file: string, text: string): void {
    writeFileSync(join(this.config, file), text);
  }

  private replace(file: string, from: string, to: string): void {
    const before = readFileSync(join(this.config, file), 'utf8');
    if (!before.includes(from)) throw new Error(`${file} holds no ${from}`);
    this.write(file, before.replace(from, to));
  }
}
