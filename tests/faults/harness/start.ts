import { randomUUID } from 'node:crypto';
import { Product } from '../../api/product.ts';

/** For what only the administrator may see. */
export const adminPassword = `password-CANARY-admin-${randomUUID()}`;

/** The product without guests, with a key that would be noticed wherever it turned up. */
export function startProduct(environment: Readonly<Record<string, string>> = {}): Promise<Product> {
  return Product.start({
    AUTH_TOKEN: `sk-local-CANARY-key-${randomUUID()}`,
    ADMIN_PASSWORD: adminPassword,
    ...environment,
  });
}
