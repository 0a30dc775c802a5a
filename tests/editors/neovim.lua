-- Works through the organisation in Neovim as a user does, and writes down what they saw.
local saw = { steps = {} }

local function done(status)
  vim.fn.writefile({ vim.json.encode(saw) }, vim.env.SAW)
  os.exit(status)
end

local function wait_for(what, condition)
  if not vim.wait(60000, condition, 20) then
    saw.failed = 'waited in vain for ' .. what
    done(1)
  end
end

local function go_to(words)
  vim.fn.cursor(1, 1)
  assert(vim.fn.search(words, 'c') > 0, words)
end

local function problems()
  return vim.iter(vim.diagnostic.get(0)):map(function(problem)
    return ('%d:%d %s %s'):format(problem.lnum + 1, problem.col + 1, problem.code, vim.split(problem.message, '\n')[1])
  end):totable()
end

local ok, message = xpcall(function()
  vim.cmd.edit(vim.env.ORGANISATION .. '/teams/doorstep.roles.yaml')
  wait_for('problems', function() return #vim.diagnostic.get(0) > 0 end)
  saw.clients = vim.iter(vim.lsp.get_clients({ bufnr = 0 })):map(function(client) return client.name end):totable()
  saw.root = vim.lsp.get_clients({ bufnr = 0 })[1].root_dir
  saw.problems = problems()

  go_to('tom$')
  vim.lsp.buf.hover()
  local function float()
    for _, window in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(window).relative ~= '' then return window end
    end
  end
  wait_for('the hover', float)
  saw.hover = table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(float()), 0, -1, false), '\n')
  vim.api.nvim_win_close(float(), true)

  go_to('yarra')
  vim.ui.select = function(items, options, choose)
    saw.actions = vim.iter(items):map(options.format_item):totable()
    choose(items[1], 1)
  end
  vim.lsp.buf.code_action()
  wait_for('the mend', function() return vim.fn.search('yarra', 'nw') == 0 end)
  wait_for('no problems', function() return #vim.diagnostic.get(0) == 0 end)

  go_to('tom$')
  vim.lsp.buf.rename('thomas')
  wait_for('the rename', function() return vim.fn.search([[\<tom\>]], 'nw') == 0 end)
  vim.cmd('silent wall')
end, debug.traceback)

if not ok then saw.failed = message end
for _, client in ipairs(vim.lsp.get_clients()) do client:stop() end
vim.wait(5000, function() return #vim.lsp.get_clients() == 0 end, 20)
saw.still_running = #vim.lsp.get_clients()
done(ok and 0 or 1)
