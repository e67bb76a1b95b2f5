import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { getCACertificates } from 'node:tls';
import type { CertificateProblem } from '../../../shared/settings.ts';

const block = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

export interface ExtraCertificate {
  readonly pem: string;
  readonly subject: string;
  /** Epoch milliseconds. */
  readonly until: number;
}

/** Why a file of certificates cannot be used. */
export class CertificateRefused extends Error {
  override readonly name = 'CertificateRefused';
  readonly problem: CertificateProblem;

  constructor(problem: CertificateProblem, message: string) {
    super(message);
    this.problem = problem;
  }
}

/** The certificates of a PEM file. Throws CertificateRefused when it cannot be read or holds none. */
export function readCertificates(file: string): ExtraCertificate[] {
  let text: string;
  try {
    text = readFileSync(file, 'latin1');
  } catch {
    throw new CertificateRefused('certificate_unreadable', 'This file cannot be read.');
  }
  const found = text.match(block) ?? [];
  if (found.length === 0)
    throw new CertificateRefused('certificate_none', 'This file holds no certificate in PEM form.');
  return found.map((pem) => {
    try {
      const { subject, validTo } = new X509Certificate(pem);
      return { pem, subject: subject.replaceAll('\n', ', '), until: Date.parse(validTo) };
    } catch {
      throw new CertificateRefused('certificate_damaged', 'A certificate of this file is damaged.');
    }
  });
}

/** What is trusted with a file of the user's: all that is trusted without, too. Nothing else where the file is gone. */
export function trusted(file: string | null): { readonly ca?: string[] } {
  if (file === null) return {};
  try {
    return { ca: [...getCACertificates('default'), ...readCertificates(file).map(({ pem }) => pem)] };
  } catch {
    return {};
  }
}
