/** A connected system, as its file under config/systems/ describes it. */
export interface SystemDescription {
  name: string;
  title: string;
  role: 'erp' | 'crm';
  /** The lower wins where systems disagree and no rule says otherwise. */
  priority: number;
  /** ISO 4217, the currency of its ledger. */
  currency: string;
  /** IANA name, the zone of its dates. */
  timeZone: string;
  /** Source topics are `topicPrefix` + the source names of its mapping. */
  topicPrefix: string;
}
