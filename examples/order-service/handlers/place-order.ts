import { randomUUID } from 'crypto';
import { APIGatewayProxyEventV2WithJWTAuthorizer, APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { Order, totalOf } from './order';
import { InvalidRequest, parseOrderRequest } from './order-request';
import { OrderTable } from './order-table';
import { PaymentProvider, PaymentUnknown } from './payment-provider';

type Answer = APIGatewayProxyStructuredResultV2;

/** Answers `POST /orders`. */
export function placeOrder(orders: OrderTable, payments: PaymentProvider) {
  return async (event: APIGatewayProxyEventV2WithJWTAuthorizer): Promise<Answer> => {
    try {
      const { items, paymentToken } = parseOrderRequest(bodyOf(event));
      const order: Order = {
        id: randomUUID(),
        customer: String(event.requestContext.authorizer.jwt.claims.sub),
        items,
        total: totalOf(items),
        status: 'PENDING',
        createdAt: new Date().toISOString(),
      };
      await orders.add(order);
      return await pay(order, paymentToken);
    } catch (error) {
      if (error instanceof InvalidRequest) return answer(400, { message: error.message });
      throw error;
    }
  };

  async function pay(order: Order, paymentToken: string): Promise<Answer> {
    try {
      const status = await payments.charge(order, paymentToken);
      await orders.changeStatus(order.id, 'PENDING', status);
      return answer(status === 'PAID' ? 201 : 402, { id: order.id, total: order.total, status });
    } catch (error) {
      if (!(error instanceof PaymentUnknown)) throw error;
      console.error('payment unknown', { order: order.id, error });
      return answer(502, { id: order.id, total: order.total, status: 'PENDING' });
    }
  }
}

function bodyOf({ body, isBase64Encoded }: APIGatewayProxyEventV2WithJWTAuthorizer): string | undefined {
  return isBase64Encoded && body ? Buffer.from(body, 'base64').toString() : body;
}

function answer(statusCode: number, body: object): Answer {
  return { statusCode, headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

export const handler = placeOrder(
  new OrderTable(process.env.ORDERS_TABLE!),
  new PaymentProvider(process.env.PAYMENT_URL!, process.env.PAYMENT_API_KEY_ARN!),
);
