/** Whether what is typed and shown here can be read on its way: HTTP without TLS, to another computer. */
export const isPlainConnection = ({ protocol, hostname }: Pick<Location, 'protocol' | 'hostname'>): boolean =>
  protocol === 'http:' && !/^(?:(?:.+\.)?localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
