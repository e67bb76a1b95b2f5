import { clsx, type ClassValue } from 'clsx';
import { twMerge } from 'tailwind-merge';

/** Joins class names; of two that set the same property the last one wins. */
export const cx = (...classes: ClassValue[]): string => twMerge(clsx(classes));
