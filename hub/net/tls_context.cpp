// SPDX-License-Identifier: Apache-2.0
#include "hub/net/tls_context.h"

namespace cf::hub {

namespace ssl = boost::asio::ssl;

Result<std::shared_ptr<ssl::context>> makeTlsContext(const QString &certPath,
                                                     const QString &keyPath)
{
    auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
    boost::system::error_code error;
    context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2
                             | ssl::context::no_sslv3 | ssl::context::no_tlsv1
                             | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use,
                         error);
    const auto refuse = [&](const QString &what, const QString &path) {
        return Error{
            ErrorCode::ValidationFailed,
            QStringLiteral("%1 %2: %3").arg(what, path, QString::fromStdString(error.message()))};
    };
    context->use_certificate_chain_file(certPath.toStdString(), error);
    if (error)
        return refuse(QStringLiteral("cannot use the certificate"), certPath);
    context->use_private_key_file(keyPath.toStdString(), ssl::context::pem, error);
    if (error)
        return refuse(QStringLiteral("cannot use the key"), keyPath);
    // An idle connection gives its buffers back.
    SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
    return context;
}

} // namespace cf::hub
