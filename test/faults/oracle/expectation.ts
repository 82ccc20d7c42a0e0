import { CRM_SYSTEM, ERP_SYSTEMS, type Workload } from '../workload/workload';
import { customerSets } from './customers';
import { foldInput, type ExpectedLetters } from './fold';
import { openOrders, type ExpectedOrder } from './orders';
import { openReceivables, type OpenReceivables } from './receivables';

/** What must have come of an input, worked out without any code of the pipeline. */
export interface Expectation {
  customers: string[][];
  receivables: Map<string, OpenReceivables>;
  orders: Map<string, ExpectedOrder>;
  letters: ExpectedLetters;
}

export function expectationOf(workload: Workload): Expectation {
  const fold = foldInput(workload);
  return {
    customers: customerSets(fold, [...ERP_SYSTEMS, CRM_SYSTEM]),
    receivables: new Map(ERP_SYSTEMS.flatMap((system) => [...openReceivables(fold, system)])),
    orders: new Map(ERP_SYSTEMS.flatMap((system) => [...openOrders(fold, system)])),
    letters: fold.letters,
  };
}
