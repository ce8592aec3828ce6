"""What other mail servers report of our mails (RFC 3464), as they really write it."""

REPORT = """\
From: MAILER-DAEMON@post.example
To: post@haus.example
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type={kind}; boundary="x"

--x
Content-Type: text/plain; charset=us-ascii

This is the mail system at host post.example.

--x
Content-Type: message/delivery-status

Reporting-MTA: dns; post.example
Arrival-Date: Mon, 23 Nov 2026 10:00:00 +0100

Final-Recipient: rfc822; jonas@post.example
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 no such user

--x
Content-Type: {original}

From: Haus <post@haus.example>
Message-ID: {message_id}
Subject: Ein Schreiben

--x--
"""


def make_report(
    message_id: str,
    action: str = "failed",
    status: str = "5.1.1",
    *,
    kind: str = "delivery-status",
    original: str = "message/rfc822",
) -> bytes:
    """A report about one of our mails."""
    made = REPORT.format(
        message_id=message_id, action=action, status=status, kind=kind, original=original
    )
    return made.replace("\n", "\r\n").encode()
