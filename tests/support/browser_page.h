// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tests/support/child_process.h"

#include <QUrl>
#include <QWebSocket>

namespace cf::test {

// A page in a stock Chromium without a window, spoken to over its own debugging port; needs
// Debian's `chromium` and nothing else.
class BrowserPage
{
public:
    BrowserPage();
    ~BrowserPage();
    BrowserPage(const BrowserPage &) = delete;
    BrowserPage &operator=(const BrowserPage &) = delete;

    bool open(const QUrl &url);
    // The value of a JavaScript expression as text; empty when there is none.
    QString evaluate(const QString &expression);
    [[nodiscard]] QByteArray tail() const { return m_child.tail(); }

private:
    void take(const QString &text);

    QTemporaryDir m_profile;
    QWebSocket m_socket;
    int m_lastId = 0;
    int m_answered = 0;
    QString m_value;
    ChildProcess m_child;
};

} // namespace cf::test
