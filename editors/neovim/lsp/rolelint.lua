return {
  cmd = { 'rolelint', 'server' },
  filetypes = { 'yaml' },
  root_markers = { '.git', '.rolelint.yaml' },
}
