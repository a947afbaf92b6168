// SPDX-License-Identifier: Apache-2.0
// Requests as they come from a socket: read in one go or byte by byte, they are the same requests,
// and within their bounds.
#include "hub/net/http_message.h"
#include "hub/net/request_reader.h"
#include "shared/protocol/cursor.h"
#include "tests/fuzz/fuzz.h"

namespace cf::fuzz {

using namespace cf::hub;

namespace {

constexpr qint64 headerBytesMax = 1024;
constexpr qint64 bodyBytesMax = 512;
constexpr int requestsMax = 4;

struct Outcome {
    std::vector<HttpRequest> requests;
    bool isFailed = false;
};

void checkRequest(const HttpRequest &request)
{
    CF_DEMAND(request.path.startsWith('/') && !request.path.contains('?'));
    CF_DEMAND(request.body.size() <= bodyBytesMax);
    qsizetype headerBytes = request.path.size() + request.query.size();
    for (const HeaderField &field : request.headers) {
        headerBytes += field.name.size() + field.value.size();
        CF_DEMAND(field.name == field.name.toLower());
        CF_DEMAND(!field.value.contains('\n') && !field.value.contains('\r'));
    }
    CF_DEMAND(headerBytes <= headerBytesMax);
    CF_DEMAND(request.headerCount("content-length") <= 1);
    CF_DEMAND(request.headerCount("content-length") == 0
              || request.headerCount("transfer-encoding") == 0);
    (void)request.isWebSocketUpgrade();
    (void)request.accepts("text/event-stream");
    (void)request.header("idempotency-key");
    for (const char *name : {"since", "wait", "limit", "device", "access_token"}) {
        const auto value = request.parameter(name);
        if (const auto cursor = parseCursor(value.value_or(QByteArray())))
            CF_DEMAND(cursor->text() == *value);
    }
    (void)parseTrackerCursor(request.header("last-event-id"));
}

Outcome read(QByteArrayView bytes, qsizetype step)
{
    Outcome outcome;
    RequestReader reader(headerBytesMax, bodyBytesMax);
    QByteArray input;
    for (qsizetype i = 0; i < bytes.size(); i += step) {
        input.append(bytes.sliced(i, qMin(step, bytes.size() - i)));
        for (;;) {
            const RequestReader::State state = reader.feed(input);
            if (state == RequestReader::State::Failed) {
                outcome.isFailed = true;
                return outcome;
            }
            if (state == RequestReader::State::NeedMore)
                break;
            if (state == RequestReader::State::ExpectsContinue)
                continue;
            outcome.requests.push_back(reader.take());
            if (outcome.requests.size() >= requestsMax)
                return outcome;
            if (input.isEmpty())
                break;
        }
        CF_DEMAND(input.size() <= headerBytesMax + 8 * 1024 + step);
    }
    return outcome;
}

} // namespace

void run(QByteArrayView input)
{
    const Outcome whole = read(input, qMax<qsizetype>(1, input.size()));
    for (const HttpRequest &request : whole.requests)
        checkRequest(request);
    const Outcome piecemeal = read(input, 7);
    const size_t both = qMin(whole.requests.size(), piecemeal.requests.size());
    CF_DEMAND(whole.requests.size() == piecemeal.requests.size());
    for (size_t i = 0; i < both; ++i) {
        const HttpRequest &one = whole.requests[i];
        const HttpRequest &other = piecemeal.requests[i];
        CF_DEMAND(one.method == other.method && one.path == other.path && one.query == other.query);
        CF_DEMAND(one.headers == other.headers && one.body == other.body);
    }
}

} // namespace cf::fuzz
