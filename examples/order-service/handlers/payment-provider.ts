import { Order } from './order';
import { readSecret } from './secret';

/** Well below the timeout of the function, so that the caller gets an answer of ours. */
const PATIENCE_IN_MS = 5000;

export type Outcome = 'PAID' | 'DECLINED';

/** The payment provider gave no usable answer: whether the customer was charged is not known. */
export class PaymentUnknown extends Error {}

export class PaymentProvider {
  constructor(private readonly url: string, private readonly apiKeyArn: string) {}

  /** Charges an order, once however often it is called. */
  public async charge(order: Order, paymentToken: string): Promise<Outcome> {
    const apiKey = await readSecret(this.apiKeyArn);
    const response = await fetch(new URL('/v1/charges', this.url), {
      method: 'POST',
      headers: { 'Authorization': `Bearer ${apiKey}`, 'Content-Type': 'application/json', 'Idempotency-Key': order.id },
      body: JSON.stringify({ amount: order.total, currency: 'EUR', source: paymentToken }),
      redirect: 'error',
      signal: AbortSignal.timeout(PATIENCE_IN_MS),
    }).catch(cause => { throw new PaymentUnknown('the payment provider is out of reach', { cause }); });

    if (response.ok) return 'PAID';
    if (response.status === 402) return 'DECLINED';
    throw new PaymentUnknown(`the payment provider answered ${response.status}`);
  }
}
