/*
 * Which customers a customer is made of. A customer bears the id that one of its accounts was born with, so those that
 * were merged into it, over however many steps, are the ones that its accounts were born as. That needs no chain of
 * merges to be followed, and a split gives back what a merge brought without anything being written.
 */

/** From keys of customers to the ids of all of which they are made, their own among them: `a.birth_id`. */
export const ITS_CUSTOMERS = '{keys} JOIN account a ON a.customer_id = k.c0';

/** The customer that has the account which a customer was born with: itself, or the one it was merged into. */
export const ITS_SURVIVOR = 'SELECT a.customer_id FROM account a WHERE a.birth_id = ?';

/** The ids of all customers of which one is made. */
export const MADE_OF = 'SELECT a.birth_id FROM account a WHERE a.customer_id = ?';
