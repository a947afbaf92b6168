// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "shared/base/result.h"

#include <QJsonObject>

#include <span>

namespace cf::hub {

enum class ReadableBy : quint8 {
    Kitchen,  // displays and the manager
    Everyone, // whoever has a token
    Manager,
};

// A document: what the restaurant says of itself under one name. Kept in revisions, with who made
// each and when; changed by the manager alone.
struct DocumentKind {
    QByteArrayView name; // as in /v1/settings/{name}: lower case, digits, "-"
    ReadableBy readableBy = ReadableBy::Manager;
    // What was sent, read strictly and spelt out: every member present, unknown ones gone. Every
    // field's error with its JSON pointer. `{}` is a document of which nothing was said.
    Result<QJsonObject> (*normalise)(const QJsonObject &json) = nullptr;
    // What is told of it to those who may read it; null: all. A document that keeps something back
    // is changed by a route of its own alone.
    QJsonObject (*shown)(const QJsonObject &stored) = nullptr;
};

std::span<const DocumentKind> documentKinds();
// Null: there is no such document.
const DocumentKind *documentKind(QByteArrayView name);
// {id, rev, settings} with what is told of them.
QByteArray shownBody(const DocumentKind &kind, const QByteArray &body);
// The canonical JSON of a document of which nothing was said.
QByteArray unsaidDocument(QByteArrayView name);

} // namespace cf::hub
