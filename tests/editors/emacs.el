;;; Works through the organisation in Emacs with Eglot as a user does, and writes down what they saw.  -*- lexical-binding: t -*-
(require 'json)
(require 'flymake)
(package-initialize)
(require 'yaml-mode)
(require 'eglot)
(load-file (expand-file-name "init.el" (getenv "HOME")))

(defvar saw nil "What the user saw, newest first.")
(defun saw (what value) (push (cons what value) saw))

(defun done (status)
  (with-temp-file (getenv "SAW") (insert (json-encode (nreverse saw))))
  (kill-emacs status))

(defun wait-for (what condition)
  (let ((turns 0))
    (while (not (funcall condition))
      (when (> (setq turns (1+ turns)) 1200) (error "Waited in vain for %s" what))
      ;; Nobody types here, so what Emacs does after a command and when idle has to be called.
      (when (and (bound-and-true-p flymake-mode) (zerop (mod turns 10))) (flymake-start))
      (accept-process-output nil 0.05))))

(defun problems ()
  (mapcar (lambda (problem)
            (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg problem))
                    (car (split-string (flymake-diagnostic-text problem) "\n"))))
          (flymake-diagnostics)))

(defun is-there (words)
  (save-excursion (goto-char (point-min)) (re-search-forward words nil t)))

(defun go-to (words)
  (goto-char (is-there words))
  (goto-char (match-beginning 0)))

(condition-case problem
    (progn
      (find-file (expand-file-name "teams/doorstep.roles.yaml" (getenv "ORGANISATION")))
      (saw 'mode (symbol-name major-mode))
      (run-hooks 'post-command-hook)
      (wait-for "problems" #'flymake-diagnostics)
      (saw 'problems (vconcat (problems)))

      (go-to "tom$")
      (let (hover)
        (eglot-hover-eldoc-function (lambda (text &rest _) (setq hover text)))
        (wait-for "the hover" (lambda () hover))
        (saw 'hover (substring-no-properties hover)))

      (go-to "yarra")
      (cl-letf ((last-nonmenu-event ?\r)
                ((symbol-function 'completing-read)
                 (lambda (_ choices &rest _)
                   (saw 'actions (vconcat (mapcar #'car choices)))
                   (caar choices))))
        (call-interactively #'eglot-code-actions))
      (wait-for "the mend" (lambda () (not (is-there "yarra"))))
      (eglot--signal-textDocument/didChange)
      (wait-for "no problems" (lambda () (null (flymake-diagnostics))))

      (go-to "tom$")
      (cl-letf (((symbol-function 'y-or-n-p) (lambda (question) (saw 'question question) t)))
        (eglot-rename "thomas"))
      (wait-for "the rename" (lambda () (not (is-there "\\_<tom\\_>"))))
      (save-some-buffers t)
      (saw 'servers (length (apply #'append (hash-table-values eglot--servers-by-project))))
      (eglot-shutdown-all)
      (done 0))
  (error (saw 'failed (error-message-string problem))
         (done 1)))
