(define-derived-mode rolelint-mode yaml-mode "Roles")
(add-to-list 'auto-mode-alist '("\\.roles\\.ya?ml\\'" . rolelint-mode))
(add-to-list 'auto-mode-alist '("/\\.rolelint\\.yaml\\'" . rolelint-mode))
(add-hook 'rolelint-mode-hook #'eglot-ensure)
(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((rolelint-mode :language-id "yaml") . ("rolelint" "server"))))
