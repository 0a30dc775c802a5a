" Works through the organisation in Vim with ALE as a user does, and writes down what they saw.
let s:saw = {}

func! Done(status)
  call writefile([json_encode(s:saw)], $SAW)
  exe a:status ? 'cquit' : 'qall!'
endfunc

func! WaitFor(what, Condition)
  for s:turn in range(1200)
    if a:Condition()
      return
    endif
    sleep 50m
  endfor
  throw 'waited in vain for ' .. a:what
endfunc

func! Problems()
  return map(copy(ale#engine#GetLoclist(bufnr(''))), {_, one -> printf('%d:%d %s %s', one.lnum, one.col, one.code, split(one.text, "\n")[0])})
endfunc

func! Preview()
  for s:window in range(1, winnr('$'))
    if getwinvar(s:window, '&previewwindow')
      return join(getbufline(winbufnr(s:window), 1, '$'), "\n")
    endif
  endfor
  return ''
endfunc

func! GoTo(words)
  call cursor(1, 1)
  if search(a:words, 'c') == 0
    throw 'not there: ' .. a:words
  endif
endfunc

" In the place of the user who answers ALE's questions.
func! Answer(answers)
  let s:answers = a:answers
  let s:saw.questions = get(s:saw, 'questions', [])
  runtime autoload/ale/util.vim
  func! ale#util#Input(message, value, ...)
    call add(s:saw.questions, a:message)
    return remove(s:answers, 0)
  endfunc
endfunc

try
  exe 'edit ' .. fnameescape($ORGANISATION .. '/teams/doorstep.roles.yaml')
  call WaitFor('problems', {-> !empty(Problems())})
  let s:saw.problems = Problems()

  call GoTo('tom$')
  ALEHover
  call WaitFor('the hover', {-> Preview() != ''})
  let s:saw.hover = Preview()
  pclose

  call Answer(['1'])
  call GoTo('yarra')
  ALECodeAction
  call WaitFor('the mend', {-> search('yarra', 'nw') == 0})
  " In Ex mode Vim does not do this by itself.
  doautocmd TextChanged
  call WaitFor('no problems', {-> empty(Problems())})

  call Answer(['thomas'])
  call GoTo('tom$')
  ALERename
  call WaitFor('the rename', {-> search('\<tom\>', 'nw') == 0})
  silent wall
catch
  let s:saw.failed = v:exception .. ' at ' .. v:throwpoint
  call Done(1)
endtry
call Done(0)
