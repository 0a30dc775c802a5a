call ale#linter#Define('yaml', {
\   'name': 'rolelint',
\   'lsp': 'stdio',
\   'executable': 'rolelint',
\   'command': '%e server',
\   'project_root': {buffer ->
\       fnamemodify(ale#path#FindNearestFile(buffer, '.rolelint.yaml') ?? bufname(buffer), ':p:h')},
\})
