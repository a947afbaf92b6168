// SPDX-License-Identifier: Apache-2.0
#include "tests/hub/net/self_signed.h"

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

namespace cf::test {

namespace {

struct Free {
    void operator()(EVP_PKEY *key) const { EVP_PKEY_free(key); }
    void operator()(X509 *cert) const { X509_free(cert); }
    void operator()(BIO *file) const { BIO_free_all(file); }
};

constexpr long validSeconds = 3600;

} // namespace

bool writeSelfSigned(const QString &certPath, const QString &keyPath)
{
    const std::unique_ptr<EVP_PKEY, Free> key(EVP_EC_gen("P-256"));
    const std::unique_ptr<X509, Free> cert(X509_new());
    if (!key || !cert)
        return false;
    X509_set_version(cert.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(cert.get()), 1);
    X509_gmtime_adj(X509_getm_notBefore(cert.get()), 0);
    X509_gmtime_adj(X509_getm_notAfter(cert.get()), validSeconds);
    X509_set_pubkey(cert.get(), key.get());
    X509_NAME *name = X509_get_subject_name(cert.get());
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char *>("localhost"), -1, -1, 0);
    X509_set_issuer_name(cert.get(), name);
    if (X509_sign(cert.get(), key.get(), EVP_sha256()) == 0)
        return false;
    const std::unique_ptr<BIO, Free> certFile(BIO_new_file(certPath.toUtf8().constData(), "w"));
    const std::unique_ptr<BIO, Free> keyFile(BIO_new_file(keyPath.toUtf8().constData(), "w"));
    return certFile && keyFile && PEM_write_bio_X509(certFile.get(), cert.get()) == 1
           && PEM_write_bio_PrivateKey(keyFile.get(), key.get(), nullptr, nullptr, 0, nullptr,
                                       nullptr)
                  == 1;
}

} // namespace cf::test
