/** What the shop sells, in cents. Prices never come from the caller. */
export const PRICES: Readonly<Record<string, number>> = {
  'TEA-GREEN': 650,
  'TEA-BLACK': 580,
  'POT-CERAMIC': 3200,
};

export interface Item {
  readonly sku: string;
  readonly quantity: number;
}

export interface Order {
  readonly id: string;
  readonly customer: string;
  readonly items: readonly Item[];
  /** In cents. */
  readonly total: number;
  readonly status: 'PENDING' | 'PAID' | 'DECLINED' | 'SHIPPED';
  /** ISO 8601, UTC. */
  readonly createdAt: string;
}

export function totalOf(items: readonly Item[]): number {
  return items.reduce((sum, { sku, quantity }) => sum + PRICES[sku] * quantity, 0);
}
