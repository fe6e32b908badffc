import { Item, PRICES } from './order';

export interface OrderRequest {
  readonly items: readonly Item[];
  /** Stands for a card; the payment provider gave it to the browser. */
  readonly paymentToken: string;
}

/** Tells the caller what is wrong with the request. */
export class InvalidRequest extends Error {}

const MOST_ITEMS = 20;
const MOST_OF_ONE = 99;

/** Takes from the body of a request what an order needs, and nothing else. */
export function parseOrderRequest(body: string | undefined): OrderRequest {
  const request = parseJson(body);
  if (!isObject(request)) throw new InvalidRequest('the body must be a JSON object');
  const { items, paymentToken } = request;
  if (typeof paymentToken !== 'string' || !/^tok_[A-Za-z0-9]{8,64}$/.test(paymentToken)) {
    throw new InvalidRequest('paymentToken must be the token that the payment form returned');
  }
  if (!Array.isArray(items) || items.length < 1 || items.length > MOST_ITEMS) {
    throw new InvalidRequest(`items must be a list of 1 to ${MOST_ITEMS}`);
  }
  return { items: items.map(parseItem), paymentToken };
}

function parseItem(item: unknown, index: number): Item {
  if (!isObject(item)) throw new InvalidRequest(`items[${index}] must be an object`);
  const { sku, quantity } = item;
  if (typeof sku !== 'string' || !Object.hasOwn(PRICES, sku)) throw new InvalidRequest(`items[${index}].sku is not for sale`);
  if (typeof quantity !== 'number' || !Number.isInteger(quantity) || quantity < 1 || quantity > MOST_OF_ONE) {
    throw new InvalidRequest(`items[${index}].quantity must be a whole number from 1 to ${MOST_OF_ONE}`);
  }
  return { sku, quantity };
}

function parseJson(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '');
  } catch {
    throw new InvalidRequest('the body must be JSON');
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
