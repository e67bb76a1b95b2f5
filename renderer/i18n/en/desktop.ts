/** What the window says of the desktop around it. */
export const desktop = {
  links: {
    'add-token': {
      title: 'A link wants to add a token to {{name}}',
      body: 'It ends in {{ending}}. Add it only if you opened the link yourself and know where it comes from.',
    },
    'add-provider': {
      title: 'A link wants to add the provider {{name}}',
      body: 'Requests would be sent to {{url}}. Add it only if you opened the link yourself and trust that address.',
    },
    add: 'Add',
    done: 'Added from the link.',
  },
} as const;
