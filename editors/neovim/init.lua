vim.lsp.enable('rolelint')
